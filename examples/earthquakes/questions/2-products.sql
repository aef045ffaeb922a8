-- How many events have each kind of product? The list is one text: `,geoserve,origin,`.
select
  product.value::string as product,
  count(distinct raw.doc:id::string) as events
from quakes_raw as raw,
  lateral flatten(input => split(trim(raw.doc:properties.types::string, ','), ',')) as product
group by 1
order by events desc, product;
