"""The second copy of every document in another S3: asked for with the document, made by workers, compared."""
