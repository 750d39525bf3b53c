# SPDX-License-Identifier: Apache-2.0
"""The code of a Markdown page."""
import re


def fenced(text, language):
    """The blocks that ``` fences in that language, in their order."""
    return re.findall(r"^```%s\n(.*?)^```$" % re.escape(language), text, re.M | re.S)


def commands(text):
    """The indented lines, without what stands behind `#`."""
    lines = re.findall(r"^    (\S.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    return [re.sub(r"\s+#.*", "", line).rstrip() for line in lines]
