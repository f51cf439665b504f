"""The same job done the ordinary way, as a competent person writes it in an afternoon."""
