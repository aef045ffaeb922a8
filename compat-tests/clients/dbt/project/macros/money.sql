{% macro cents(column) %}
    cast(coalesce({{ column }}, 0) * 100 as integer)
{% endmacro %}

{% macro count_rows(relation) %}
    {% set found = run_query('select count(*) as n from ' ~ relation) %}
    {{ log('ROWS ' ~ found.columns[0].values()[0], info=true) }}
{% endmacro %}
