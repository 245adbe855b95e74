-- ask events --over 2026-06-22..2026-06-28 --grain hour
select date_trunc('hour', happened_at) as period, count(*) as value
from source.events
where happened_at >= timestamp '2026-06-22' and happened_at < timestamp '2026-06-29'
group by period
order by period
