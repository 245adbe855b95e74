-- ask events --over 2026-04..2026-06 --grain day --where "country in ('DE', 'FR') and platform = 'ios'"
select date_trunc('day', happened_at) as period, count(*) as value
from source.events
where happened_at >= timestamp '2026-04-01' and happened_at < timestamp '2026-07-01'
    and country in ('DE', 'FR') and platform = 'ios'
group by period
order by period
