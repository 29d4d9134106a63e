"""The book in a browser while it is being written: built again when something is saved, then shown again.

Each build is `itabook build` in a process of its own, so that nothing that one has read or drawn lives on in the next.
"""
