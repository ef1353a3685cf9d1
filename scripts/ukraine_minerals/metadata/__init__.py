"""Metadata in the forms that catalogues read, each written from the descriptor alone.

An address, an identifier or a day of release stands in them only if the descriptor has it (`homepage`,
`repository`, `id`, `created`); the first of its licences is that of the data.
"""
