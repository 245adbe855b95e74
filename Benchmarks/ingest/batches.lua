-- Batches of 20 events for wrk: 400 bytes an event, every id a new one, 50,000 people, 60 days.
--
-- The batches are written once, but for the ids: the load generator has the same processors as what is measured.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local names = { "opened", "opened", "opened", "searched", "signed_up", "ordered", "invited" }
local plans = { "free", "pro", "team" }
local event = '-%d","event":"%s","user":"user-%d","anonymous":"device-%d","session":"visit-%d","time":%d,' ..
  '"url":"https://app.example.com/projects/%d/reports?tab=overview","referrer":"https://search.example.org/",' ..
  '"properties":{"plan":"%s","amount":%d.5,"seats":%d,"feature":"report builder","note":"as one writes it, with a few words more"},' ..
  '"language":"en","library":"load 1.0"}'
local written, run, count = {}, "", 0

-- A batch as pieces; every second one is to be the beginning of an id.
local function pieces(batch, now)
  local list = { '[{"id":"' }
  for index = 1, 20 do
    local drawn = (batch * 20 + index) * 7919 % 50000
    list[index * 2 + 1] = event:format(
      index, names[drawn % 7 + 1], drawn, drawn, drawn * 31 + batch % 9, now - (batch * 977 + index * 31) % 5184000,
      drawn % 40, plans[drawn % 3 + 1], drawn % 400, drawn % 12) .. (index < 20 and ',{"id":"' or "]")
  end
  return list
end

function init(arguments)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. arguments[1]
  wrk.headers["Content-Type"] = "application/json"
  run = arguments[2] .. "-" .. number .. "-"
  local now = os.time()
  for batch = 1, 2500 do written[batch] = pieces(batch, now) end
end

function request()
  count = count + 1
  local list, id = written[count % 2500 + 1], run .. count
  for index = 2, 40, 2 do list[index] = id end
  return wrk.format(nil, "/api/v1/events", nil, table.concat(list))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'figures {"requests":%d,"seconds":%.3f,"p50":%.3f,"p99":%.3f,"max":%.3f,"wrong":%d,"broken":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
