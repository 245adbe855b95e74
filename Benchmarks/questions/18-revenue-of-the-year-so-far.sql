-- ask revenue_this_year --over 2025 --grain month
with months as (
    select date_trunc('month', happened_at) as period, sum(amount) as amount
    from source.events
    where happened_at >= timestamp '2025-01-01' and happened_at < timestamp '2026-01-01' and event = 'paid'
    group by period
)
select period, sum(amount) over (order by period) as value
from months
order by period
