"""Backups: one archive that holds all that a home has on record, whatever database it is in.

* An archive is a zip: a member of JSON lines per table, the stored files, and last of all the manifest, which has a
  hash for each of them. With a key, the zip lies inside an age file (`sealing`), which other programs open too.
* `making` writes one from one snapshot of the database (`snapshot`), while others go on writing.
* `archive` opens one and checks each member against the manifest; `loading` puts it into an empty database; `inside` is
  the child process that does so in a fresh place, replays the ledger there, and tells what it found.
* `restoring` proves an archive that way, and then exchanges what is there (`swapping`); `moving` copies one database
  into another with the same parts.
* `shelf` is the folder of backups and what is known of each; `nightly` says when one is due; `tasks` makes it.

Left out, and said so in each manifest: sessions (everybody signs in anew), the secrets of one-time links, papers that
still wait to be read (their jobs come back as cancelled), and, unless the archive is encrypted, the key that signs
cookies and codes.
"""
