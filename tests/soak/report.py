"""Shows at the end of a run of tests what the storm has counted, whichever process it ran in."""

PROPERTY = "storm"


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, line in getattr(report, "user_properties", ()):
            if name == PROPERTY:
                terminalreporter.write_line(line)
