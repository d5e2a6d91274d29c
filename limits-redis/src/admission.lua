local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local slot = tonumber(redis.call('GET', KEYS[1]) or 0) or 0
-- No queue is so long: the clock was set back, or another server took over.
if slot < now or slot > now + 1000 * interval then
  slot = now
end
if slot == now or ARGV[2] == '0' then
  -- A second later than needed, because the server rounds times.
  local expiry = math.ceil((slot + interval - now) / 1000) + 1000
  redis.call('SET', KEYS[1], string.format('%.0f', slot + interval), 'PX', expiry)
end
return slot - now
