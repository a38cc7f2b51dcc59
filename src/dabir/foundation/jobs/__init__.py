"""Long work, done outside the request that asked for it: a job is a row of its room, and a thread that takes it up.

* `model.Job` is what every job has: its state, the step it is at, and who does it until when.
* `line` is the only writer of that: rows wait in a line, are claimed and ended. Each write names the claim that it is
  made under, so that a job which was cancelled, or given to another after its worker died, takes no more of it.
* `running` carries one job out; `workers` are the threads that do so; `spool` keeps the bytes that a job waits with.

A job's last write is made in the same transaction as what has come of it: all of it is there, and the job is done, or
nothing is. The work itself is never inside a transaction. A job is no record: the ledger tells of what has come of it.
"""
