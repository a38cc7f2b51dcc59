"""Long drills: `python -m tools.drill [--times 200] [--texts 100000] [--documents 100000] [--seed 1] [--only WHAT]`.

The suite runs a cut of each (`tests/test_drills.py`). What fails raises, and says how to see it again.
"""
