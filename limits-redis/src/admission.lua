-- Gives a call its slot, by the generic cell rate algorithm (GCRA).
--
-- KEYS[1]  the account, product and operation. The value is the first free slot, in microseconds of the server's clock
-- ARGV[1]  the time between two slots, in microseconds
-- ARGV[2]  1 to take a slot only if the call can be sent now, 0 to take the next slot in any case
--
-- Returns the time until the slot, in microseconds.

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local slot = tonumber(redis.call('GET', KEYS[1]) or 0) or 0

-- No queue is so long: the slot was taken before the server's clock was set back, or before another server took over.
if slot < now or slot > now + 1000 * interval then
  slot = now
end
if slot == now or ARGV[2] == '0' then
  -- A slot in the past limits nothing, so the key expires. A second later, because the server rounds times of expiry.
  local expiry = math.ceil((slot + interval - now) / 1000) + 1000
  redis.call('SET', KEYS[1], string.format('%.0f', slot + interval), 'PX', expiry)
end
return slot - now
