-- Which networks reported most, and how strong was it?
select
  doc:properties.net::string as network,
  count(*) as events,
  max(doc:properties.mag::number(5, 2)) as strongest,
  round(avg(doc:properties.mag::float), 4) as average,
  count_if(doc:properties.felt is not null and not is_null_value(doc:properties.felt)) as felt
from quakes_raw
group by network
order by events desc, network;
