"""A program: Spark is stopped, and then its Java killed, between questions to the Parquet file it is given."""

import sys
from pathlib import Path
from urllib.parse import urlencode

from geo.bins import counted
from geo.bounded import bounded
from geo.engine import connect
from geo.errors import EngineError
from geo.query import Query
from geo.source import Source
from tests.engines import LOCAL, in_spark


def main(path: Path) -> None:
    import pyarrow.parquet as pq

    in_spark(pq.read_table(path).slice(0, 1))  # a small one, of this machine
    events = connect(Source(f"pyspark://?{urlencode(LOCAL)}", path.name), path.parent)
    print(_placed(events))
    session = events.get_backend()._session
    session.stop()
    print("stopped:", _placed(events))
    java = events.get_backend()._session.sparkContext._gateway.proc
    java.kill()
    java.wait()
    try:
        _placed(events)
    except EngineError as error:
        print("killed:", error)
    print("asked again:", _placed(events))


def _placed(events: object) -> int:
    return bounded(counted(events, Query()), 120)["placed"][0].as_py()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
