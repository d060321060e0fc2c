# SPDX-License-Identifier: Apache-2.0
"""A Singer target on Meltano's SDK that puts candidates to the sandbox in batches of 100. Arguments: URL TOKEN ORGANIZATION SAMPLES."""

import io
import json
import sys
import time

from singer_sdk import Target
from singer_sdk.sinks import BatchSink

from batch import Sandbox, samples

url, token, organization, path = sys.argv[1:]
sandbox = Sandbox(url, token, organization)


class CandidateSink(BatchSink):
    max_size = 100

    def process_batch(self, context: dict) -> None:
        sandbox.put(context["records"])


class TargetCrosswalk(Target):
    name = "target-crosswalk-bench"
    config_jsonschema = {"type": "object", "properties": {}}
    default_sink_class = CandidateSink


schema = {"properties": {"id": {"type": "string"}, "body": {"type": "string"}}}
messages = [json.dumps({"type": "SCHEMA", "stream": "candidates", "schema": schema, "key_properties": ["id"]})]
messages += [json.dumps({"type": "RECORD", "stream": "candidates", "record": record}) for record in samples(path)]
stream = io.StringIO("\n".join(messages) + "\n")

start = time.perf_counter()
TargetCrosswalk(config={}).listen(stream)
seconds = time.perf_counter() - start
print(f"rate {(len(messages) - 1) / seconds} seconds {seconds}")
