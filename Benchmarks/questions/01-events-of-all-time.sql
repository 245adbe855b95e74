-- ask events --over all
select count(*) as value from source.events
