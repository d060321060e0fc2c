-- SPDX-License-Identifier: Apache-2.0
-- wrk's script: push notifications that were signed before. PUSHES names the file (crosswalk-bench pushes), TARGET the path, DELAY_MS the
-- pause of each connection between two requests (none: as fast as it goes).
local threads, pushes, counter = 0, {}, 0
local pause = tonumber(os.getenv("DELAY_MS") or "0")

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  local number = 0
  for line in io.lines(os.getenv("PUSHES")) do
    -- Each thread has its own share, so that no notification comes twice.
    if number % 2 == id then pushes[#pushes + 1] = line end
    number = number + 1
  end
end

function request()
  counter = counter + 1
  local line = pushes[(counter - 1) % #pushes + 1]
  return "POST " .. os.getenv("TARGET") .. " HTTP/1.1\r\nHost: c\r\nContent-Type: application/json\r\nX-LI-Signature: "
    .. line:sub(1, 64) .. "\r\nContent-Length: " .. (#line - 65) .. "\r\n\r\n" .. line:sub(66)
end

if pause > 0 then
  function delay() return pause end
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("rate %f p99 %f requests %d bad %d", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    summary.requests, bad))
end
