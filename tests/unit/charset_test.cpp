// SPDX-License-Identifier: Apache-2.0
#include "core/http/charset.h"

#include "core/base/text.h"

#include <gtest/gtest.h>

using namespace understudy;

TEST(Charset, WhatIsNoCharacterBecomesTheReplacementOne)
{
    const std::string replaced = "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz";
    EXPECT_EQ(http::toUtf8("a\xF5\xB8\xB8\xB8z", "utf-8"), replaced) << "beyond U+10FFFF";
    for (const char *charset : {"utf-8", "utf-7", "utf-32be", "utf-16le", "cesu-8"}) {
        const auto text
            = http::toUtf8(std::string_view("\0\x11\0\0\0\0\xD8\0+2AA-\xED\xA0\x80", 16), charset);
        EXPECT_TRUE(text::isUtf8(text.value_or(""))) << charset;
    }
}
