-- SPDX-License-Identifier: Apache-2.0
-- wrk's script: a PUT of one candidate with an id of its own. TOKEN and SAMPLES come from the environment.
local counter, bodies = 0, {}
local path = "/v2/atsCandidates/atsCandidateId=%s&dataProvider=ATS&integrationContext=urn%%3Ali%%3Aorganization%%3A%s"
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  for line in io.lines(os.getenv("SAMPLES")) do
    bodies[#bodies + 1] = line:sub(line:find("\t", 1, true) + 1)
  end
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["X-RestLi-Method"] = "update"
end

function request()
  counter = counter + 1
  local name = string.format("w%d-%d-%x", id, counter, (counter * 2654435761) % 4294967296)
  return wrk.format("PUT", path:format(name, os.getenv("ORGANIZATION")), nil, bodies[counter % #bodies + 1])
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("rate %f p99 %f bad %d", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000, bad))
end
