-- ask revenue --over 'last 52 weeks' --grain week --compare previous
with weeks as (
    select date_trunc('week', happened_at) as period, sum(amount) as value
    from source.events
    where happened_at >= timestamp '2025-06-23' and happened_at < timestamp '2026-06-29'
        and event = 'paid'
    group by period
)
select period, value, lag(value) over (order by period) as previous
from weeks
qualify period >= timestamp '2025-06-30'
order by period
