-- ask activation --over 'last 52 weeks' --grain week
select date_trunc('week', happened_at) as period,
    count(*) filter (event = 'activated') / count(*) filter (event = 'signed_up') as value
from source.events
where happened_at >= timestamp '2025-06-30' and happened_at < timestamp '2026-06-29' and event in ('activated', 'signed_up')
group by period
order by period
