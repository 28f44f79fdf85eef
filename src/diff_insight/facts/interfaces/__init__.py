"""Facts about descriptions of interfaces: APIs, schemas, databases, modules."""
