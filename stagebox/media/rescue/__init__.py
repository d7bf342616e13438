"""The rescue output: the talk's picture, unchanged, with the sound of the backup recorder's backup.

`findings` say whether it is wanted (`decide`), cross-correlation says where the backup belongs (`align`,
`place`), and the file is proven before it gets its name (`make`). The talk's own output is never touched.
"""
