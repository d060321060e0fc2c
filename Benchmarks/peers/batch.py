# SPDX-License-Identifier: Apache-2.0
"""What both Python peers share: one batch_update of candidates to the sandbox over a kept-alive connection, and reading samples."""

import sys
from urllib.parse import quote

import requests


class Sandbox:
    """LinkedIn's candidates endpoint with a token that exists already."""

    def __init__(self, url: str, token: str, organization: str) -> None:
        self.url = url
        self.context = f"urn:li:organization:{organization}"
        self.session = requests.Session()
        self.session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                "X-RestLi-Method": "batch_update",
                "X-RestLi-Protocol-Version": "2.0.0",
                "X-HTTP-Method-Override": "PUT",
                "Content-Type": "application/json",
            }
        )

    def put(self, records: list[dict]) -> None:
        """Writes up to 100 records; raises unless every one was taken."""
        keys = [self._key(record["id"]) for record in records]
        query = "ids=List(" + ",".join(keys) + ")"
        entities = ",".join(f'"{key}":{record["body"]}' for key, record in zip(keys, records))
        boundary = "crosswalk-bench"
        body = (
            f"--{boundary}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{query}\r\n"
            f'--{boundary}\r\nContent-Type: application/json\r\n\r\n{{"entities":{{{entities}}}}}\r\n--{boundary}--\r\n'
        )
        # One hundred keys are longer than a URL may be, so the query is tunnelled, as LinkedIn asks.
        answer = self.session.post(
            f"{self.url}/v2/atsCandidates",
            data=body.encode(),
            headers={"Content-Type": f"multipart/mixed; boundary={boundary}"},
            timeout=60,
        )
        answer.raise_for_status()
        results = answer.json()
        if results.get("errors") or len(results.get("results", {})) != len(records):
            sys.exit(f"the sandbox refused records: {str(results)[:500]}")

    def _key(self, identifier: str) -> str:
        return f"(atsCandidateId:{quote(identifier)},dataProvider:ATS,integrationContext:{quote(self.context, safe='')})"


def samples(path: str):
    """Records of `crosswalk-bench samples`: an id, a tab, a body."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            identifier, body = line.rstrip("\n").split("\t", 1)
            yield {"id": identifier, "body": body}
