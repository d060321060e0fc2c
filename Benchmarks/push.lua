-- SPDX-License-Identifier: Apache-2.0
-- wrk's script: push notifications that were signed before. PUSHES names the file (crosswalk-bench pushes), TARGET the path, RATE
-- how many a second to send in all (0: as fast as it goes).
local ffi = require("ffi")
ffi.cdef[[ typedef struct { long s, us; } clock_t_; int gettimeofday(clock_t_ *t, void *zone); ]]
local threads, pushes, counter = 0, {}, 0
local rate, slots, start = tonumber(os.getenv("RATE") or "0"), 0, nil

local function now()
  local t = ffi.new("clock_t_")
  ffi.C.gettimeofday(t, nil)
  return tonumber(t.s) * 1000 + tonumber(t.us) / 1000
end

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

-- The two threads take turns in time: each of its requests has a moment, and a connection that is early waits for it. A moment between
-- two milliseconds is met on average.
if rate > 0 then
  function delay()
    start = start or now()
    slots = slots + 1
    return math.max(0, math.floor(start + slots * 2000 / rate - now() + math.random()))
  end
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("rate %f p99 %f requests %d bad %d", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    summary.requests, bad))
end
