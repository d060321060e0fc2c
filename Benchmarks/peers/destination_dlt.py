# SPDX-License-Identifier: Apache-2.0
"""A dlt destination that puts candidates to the sandbox in batches of 100. Arguments: URL TOKEN ORGANIZATION SAMPLES FOLDER."""

import os
import sys
import time

url, token, organization, path, folder = sys.argv[1:]
os.environ["DLT_DATA_DIR"] = folder
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

import dlt  # noqa: E402  (the settings above are read when it is imported)

from batch import Sandbox, samples  # noqa: E402

sandbox = Sandbox(url, token, organization)


@dlt.destination(batch_size=100, name="crosswalk_bench", skip_dlt_columns_and_tables=True)
def candidates(items, table) -> None:
    sandbox.put(items)


records = list(samples(path))
pipeline = dlt.pipeline("crosswalk_bench", destination=candidates, pipelines_dir=folder)
start = time.perf_counter()
pipeline.run(records, table_name="candidates")
seconds = time.perf_counter() - start
print(f"rate {len(records) / seconds} seconds {seconds}")
