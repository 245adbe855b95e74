-- Batches of 20 events for wrk: 400 bytes an event, every id a new one, 50,000 people, 60 days.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local names = { "opened", "opened", "opened", "searched", "signed_up", "ordered", "invited" }
local plans = { "free", "pro", "team" }
local event = '{"id":"%s-%d-%d","event":"%s","user":"user-%d","anonymous":"device-%d","session":"visit-%d","time":%d,' ..
  '"url":"https://app.example.com/projects/%d/reports?tab=overview","referrer":"https://search.example.org/",' ..
  '"properties":{"plan":"%s","amount":%d.5,"seats":%d,"feature":"report builder","note":"as one writes it, with a few words more"},' ..
  '"language":"en","library":"load 1.0"}'
local run, count, now = "", 0, 0
local rows = {}

function init(arguments)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. arguments[1]
  wrk.headers["Content-Type"] = "application/json"
  run = arguments[2] .. "-" .. number
  now = os.time()
end

function request()
  count = count + 1
  for index = 1, 20 do
    local drawn = (count * 20 + index) * 7919 % 50000
    rows[index] = event:format(
      run, count, index, names[drawn % 7 + 1], drawn, drawn, drawn * 31 + count % 9, now - (count * 977 + index * 31) % 5184000,
      drawn % 40, plans[drawn % 3 + 1], drawn % 400, drawn % 12)
  end
  return wrk.format(nil, "/api/v1/events", nil, "[" .. table.concat(rows, ",", 1, 20) .. "]")
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'figures {"requests":%d,"seconds":%.3f,"p50":%.3f,"p99":%.3f,"max":%.3f,"wrong":%d,"broken":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
