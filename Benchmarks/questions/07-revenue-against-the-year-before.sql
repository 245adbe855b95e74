-- ask revenue --over 2025-07..2026-05 --grain month --compare year
with months as (
    select date_trunc('month', happened_at) as period, sum(amount) as value
    from source.events
    where happened_at >= timestamp '2024-07-01' and happened_at < timestamp '2026-06-01'
        and event = 'paid'
    group by period
)
select now.period, now.value, before.value as previous
from months as now
left join months as before on before.period = now.period - interval 1 year
where now.period >= timestamp '2025-07-01'
order by now.period
