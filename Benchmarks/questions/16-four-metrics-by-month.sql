-- ask events people revenue orders --over 2025 --grain month
select date_trunc('month', happened_at) as period, count(*) as value,
    count(distinct person_id) as people, sum(amount) filter (event = 'paid') as revenue,
    count(*) filter (event = 'paid') as orders
from source.events
where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01'
group by period
order by period
