-- ask activation --over 2025 --by platform --grain quarter
select date_trunc('quarter', happened_at) as period, platform,
    count(*) filter (event = 'activated') / count(*) filter (event = 'signed_up') as value
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01' and event in ('activated', 'signed_up')
group by period, platform
order by period, platform
