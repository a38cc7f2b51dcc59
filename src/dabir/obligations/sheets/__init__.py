"""Old registers on their way in: brought, their columns and names spoken of. `cycle.importing` applies them."""
