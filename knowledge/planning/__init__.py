"""From a verdict to what to do tomorrow: the plan of a route and the sheets to take along. Pure functions."""
