{% macro days_between(first, last) %}
with recursive digits as (
    select 0 as d
    union all
    select d + 1 from digits where d < 9
),
numbers as (
    select tens.d * 10 + ones.d as n
    from digits as tens cross join digits as ones
)
select dateadd(day, n, to_date('{{ first }}')) as day
from numbers
where dateadd(day, n, to_date('{{ first }}')) < to_date('{{ last }}')
{% endmacro %}

{% macro hash_of(columns) %}
md5(cast(
    {%- for column in columns %}
    coalesce(cast({{ column }} as {{ dbt.type_string() }}), '_null_')
    {%- if not loop.last %} || '-' || {% endif %}
    {%- endfor %}
as {{ dbt.type_string() }}))
{% endmacro %}

{% macro columns_of(relation) %}
    {%- if not execute %}{{ return([]) }}{% endif -%}
    {%- set query %}
        select column_name, data_type
        from {{ relation.information_schema('columns') }}
        where table_schema ilike '{{ relation.schema }}' and table_name ilike '{{ relation.identifier }}'
        order by ordinal_position
    {%- endset -%}
    {{ return(run_query(query).rows) }}
{% endmacro %}

{% macro union_of(relations) %}
    {%- set superset = {} -%}
    {%- set have = {} -%}
    {%- for relation in relations -%}
        {%- set names = [] -%}
        {%- for name, type in columns_of(relation) -%}
            {%- do superset.update({name: type}) -%}
            {%- do names.append(name) -%}
        {%- endfor -%}
        {%- do have.update({relation.identifier: names}) -%}
    {%- endfor -%}
    {%- for relation in relations %}
    (
        select
            cast('{{ relation.identifier }}' as varchar) as _relation
            {%- for name, type in superset.items() %},
            cast({{ adapter.quote(name) if name in have[relation.identifier] else 'null' }} as {{ type }}) as {{ adapter.quote(name) }}
            {%- endfor %}
        from {{ relation }}
    )
    {%- if not loop.last %} union all {% endif -%}
    {%- endfor %}
{% endmacro %}

{% macro star_of(relation, except=[]) %}
    {%- for column in adapter.get_columns_in_relation(relation) if column.name | lower not in except -%}
        {{ adapter.quote(column.name) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{% endmacro %}

{% macro pivot_of(column, values, agg, then) %}
    {%- for value in values %}
    {{ agg }}(case when {{ column }} = '{{ value }}' then {{ then }} end) as "{{ value }}"
    {{- ',' if not loop.last }}
    {%- endfor %}
{% endmacro %}

{% macro dbt_riders() %}
    {%- if not execute %}{{ return([]) }}{% endif -%}
    {{ return(run_query('select distinct rider from ' ~ ref('riders') ~ ' order by 1').columns[0].values()) }}
{% endmacro %}
