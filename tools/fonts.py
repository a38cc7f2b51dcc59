"""Makes the fonts of `dabir/writing/fonts` copy well: `python -m tools.fonts FOLDER` (needs fonttools, which no other
part does) rewrites the fonts there in place.

A program that copies Persian out of a PDF turns the glyphs of a line around. A glyph that stands for several letters
is not turned around in itself, so that «بالا» comes out as «باال» and the zero-width non-joiner one letter too late.
After this each glyph stands for one letter:

* lam and alef: the glyph of both stands for the lam, an empty one behind it for the alef, each with its marks' anchors;
* the zero-width non-joiner is an empty glyph of its own, which shapers keep;
* «الله» is set in its four letters;
* an alef with tanvin («حتماً») is one glyph: as two, placed by hand, it would be copied twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEPT, TANVIN = "zwnj.kept", "uni064B"


def main() -> int:
    from fontTools.ttLib import TTFont

    for path in sorted(Path(sys.argv[1]).glob("Vazirmatn-*.ttf")):
        font = TTFont(path, recalcTimestamp=False)
        if KEPT in font.getGlyphOrder():
            print(f"{path.name}: done before")
            continue
        _keep_non_joiner(font)
        for lookup in _ligature_lookups(font):
            _part(font, lookup)
        _set_tanvin(font)
        font.save(path)
        print(f"{path.name}: {path.stat().st_size} bytes")
    _write_digits(Path(sys.argv[1]))
    return 0


def _write_digits(folder: Path) -> None:
    """A font of ten glyphs that shows a page's number, which Word counts in ASCII, with Persian digits."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(folder / "Vazirmatn-Regular.ttf", recalcTimestamp=False)
    letters = font.getBestCmap()
    digits = {0x30 + n: letters[0x6F0 + n] for n in range(10)}
    for table in font["cmap"].tables:
        table.cmap = dict(digits)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = "VazirmatnDigits" if record.nameID == 6 else "Vazirmatn Digits"
    chosen = subset.Subsetter(subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True))
    chosen.populate(unicodes=list(digits))
    chosen.subset(font)
    font.save(folder / "VazirmatnDigits-Regular.ttf")


def _ligature_lookups(font: Any) -> list[int]:
    """Those of lam and alef; of the others only «الله» goes."""
    found = []
    for index, lookup in enumerate(font["GSUB"].table.LookupList.Lookup):
        for table in lookup.SubTable if lookup.LookupType == 4 else ():
            table.ligatures.get("uni0627", [])[:] = [
                one for one in table.ligatures.get("uni0627", []) if one.LigGlyph != "uniFDF2"
            ]
            if "uniFEDF" in table.ligatures:
                found.append(index)
    return found


def _part(font: Any, index: int) -> None:
    """Turn a lookup of ligatures of two into one that finds the same pairs and substitutes glyph by glyph."""
    from fontTools.otlLib import builder
    from fontTools.ttLib.tables import otTables

    lookups = font["GSUB"].table.LookupList.Lookup
    old = lookups[index]
    chains = []
    for first, ligatures in old.SubTable[0].ligatures.items():
        for ligature in ligatures:
            (second,) = ligature.Component
            inside = f"{second}.in.{ligature.LigGlyph}"
            _empty(font, inside, base=True)
            _anchors(font, ligature.LigGlyph, inside)
            records = []
            for place, (before, after) in enumerate(((first, ligature.LigGlyph), (second, inside))):
                single = otTables.Lookup()
                single.LookupType, single.LookupFlag = 1, old.LookupFlag
                single.SubTable = [builder.buildSingleSubstSubtable({before: after})]
                single.SubTableCount = 1
                lookups.append(single)
                record = otTables.SubstLookupRecord()
                record.SequenceIndex, record.LookupListIndex = place, len(lookups) - 1
                records.append(record)
            chain = otTables.ChainContextSubst()
            chain.Format = 3
            chain.BacktrackCoverage, chain.LookAheadCoverage = [], []
            glyphs = font.getReverseGlyphMap()
            chain.InputCoverage = [builder.buildCoverage([name], glyphs) for name in (first, second)]
            chain.SubstLookupRecord = records
            chain.BacktrackGlyphCount = chain.LookAheadGlyphCount = 0
            chain.InputGlyphCount, chain.SubstCount = 2, 2
            chains.append(chain)
    old.LookupType, old.SubTable, old.SubTableCount = 6, chains, len(chains)
    font["GSUB"].table.LookupList.LookupCount = len(lookups)


def _keep_non_joiner(font: Any) -> None:
    """A shaper drops what is invisible, but not what the font has substituted."""
    from fontTools.otlLib import builder
    from fontTools.ttLib.tables import otTables

    _empty(font, KEPT)
    gsub = font["GSUB"].table
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable, lookup.SubTableCount = [builder.buildSingleSubstSubtable({font.getBestCmap()[0x200C]: KEPT})], 1
    gsub.LookupList.Lookup.append(lookup)
    gsub.LookupList.LookupCount += 1
    _use(gsub, "ccmp", len(gsub.LookupList.Lookup) - 1)


def _use(gsub: Any, tag: str, lookup: int) -> None:
    """Let a feature of the Arabic script use the lookup."""
    for script in gsub.ScriptList.ScriptRecord:
        if script.ScriptTag not in ("DFLT", "arab"):
            continue
        systems = [script.Script.DefaultLangSys, *(one.LangSys for one in script.Script.LangSysRecord)]
        for number in {number for system in systems if system for number in system.FeatureIndex}:
            record = gsub.FeatureList.FeatureRecord[number]
            if record.FeatureTag == tag and lookup not in record.Feature.LookupListIndex:
                record.Feature.LookupListIndex.append(lookup)
                record.Feature.LookupCount += 1


def _set_tanvin(font: Any) -> None:
    """One glyph for each form of alef with the tanvin over it."""
    from fontTools.otlLib import builder
    from fontTools.ttLib.tables import otTables
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    order = font.getGlyphOrder()
    made: dict[tuple[str, str], str] = {}
    for alef in ["uni0627", "uniFE8E", *(name for name in order if name.startswith("uniFE8E.in."))]:
        across, up = _offset(font, alef, TANVIN)
        glyph = Glyph()
        glyph.numberOfContours, glyph.components = -1, []
        for name, x, y in ((alef, 0, 0), (TANVIN, across, up)):
            if font["glyf"][name].numberOfContours:
                part = GlyphComponent()
                part.glyphName, part.x, part.y, part.flags = name, x, y, 0x4
                glyph.components.append(part)
        name = f"{alef}.tanvin"
        _empty(font, name, base=True)
        font["glyf"].glyphs[name] = glyph
        font["hmtx"].metrics[name] = font["hmtx"].metrics[alef]
        glyph.recalcBounds(font["glyf"])
        made[alef, TANVIN] = name
    gsub = font["GSUB"].table
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 4, 0
    lookup.SubTable, lookup.SubTableCount = [builder.buildLigatureSubstSubtable(made)], 1
    gsub.LookupList.Lookup.append(lookup)
    gsub.LookupList.LookupCount += 1
    _use(gsub, "liga", len(gsub.LookupList.Lookup) - 1)


def _offset(font: Any, base: str, mark: str) -> tuple[int, int]:
    """How far the mark is moved to stand over the letter."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            if type(table).__name__ != "MarkBasePos":
                continue
            if base in table.BaseCoverage.glyphs and mark in table.MarkCoverage.glyphs:
                record = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(mark)]
                held = table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(base)].BaseAnchor[record.Class]
                return (
                    held.XCoordinate - record.MarkAnchor.XCoordinate,
                    held.YCoordinate - record.MarkAnchor.YCoordinate,
                )
    raise ValueError(f"{base} has no anchor for {mark}")


def _empty(font: Any, name: str, *, base: bool = False) -> None:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = Glyph()
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"].metrics[name] = (0, 0)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    if base:
        font["GDEF"].table.GlyphClassDef.classDefs[name] = 1


def _anchors(font: Any, ligature: str, inside: str) -> None:
    """Give the halves the anchors that the ligature had for each, among those of single letters."""
    from fontTools.otlLib import builder
    from fontTools.ttLib.tables import otTables

    font["GDEF"].table.GlyphClassDef.classDefs[ligature] = 1
    lookups = font["GPOS"].table.LookupList.Lookup
    tables = [getattr(table, "ExtSubTable", table) for lookup in lookups for table in lookup.SubTable]
    of_ligatures = [table for table in tables if type(table).__name__ == "MarkLigPos"]
    of_bases = [table for table in tables if type(table).__name__ == "MarkBasePos"]
    for table in of_ligatures:
        if ligature not in table.LigatureCoverage.glyphs:
            continue
        halves = table.LigatureArray.LigatureAttach[table.LigatureCoverage.glyphs.index(ligature)].ComponentRecord
        marks = {name: record.Class for name, record in _both(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord)}
        for bases in of_bases:
            classes = {
                record.Class: marks[name]
                for name, record in _both(bases.MarkCoverage.glyphs, bases.MarkArray.MarkRecord)
                if name in marks
            }
            if not classes:
                continue
            # A letter's anchors stand in the order of the glyphs.
            held = dict(_both(bases.BaseCoverage.glyphs, bases.BaseArray.BaseRecord))
            for name, half in ((ligature, halves[0]), (inside, halves[-1])):
                record = otTables.BaseRecord()
                record.BaseAnchor = [
                    half.LigatureAnchor[classes[number]] if number in classes else None
                    for number in range(bases.ClassCount)
                ]
                held[name] = record
            bases.BaseCoverage = builder.buildCoverage(list(held), font.getReverseGlyphMap())
            bases.BaseArray.BaseRecord = [held[name] for name in bases.BaseCoverage.glyphs]
            bases.BaseArray.BaseCount = len(held)


def _both(names: list[str], records: list[Any]) -> Iterator[tuple[str, Any]]:
    return zip(names, records, strict=True)


if __name__ == "__main__":
    sys.exit(main())
