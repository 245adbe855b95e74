with x as (
    select event_id as a, ts, lead(event_id, 1) over w as b, lead(event_id, 2) over w as c,
        lag(ts, 1) over w as t0, lead(ts, 1) over w as t1, lead(ts, 2) over w as t2
    from events window w as (partition by user_id order by ts, event_id)
)
select a, b, c, count(*) as n from x
where (t0 is null or ts > t0 + interval 30 minute)
    and t1 <= ts + interval 30 minute and t2 <= t1 + interval 30 minute
group by all order by n desc, a, b, c limit 20
