"""`python -m stagebox` is the `stagebox` command."""

from stagebox.start import main

if __name__ == "__main__":
    main()
