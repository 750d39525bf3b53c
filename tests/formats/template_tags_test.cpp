// SPDX-License-Identifier: Apache-2.0
#include "core/formats/template_tags.h"

#include <gtest/gtest.h>

#include <array>

namespace understudy::formats {

TEST(TemplateTags, AreMadeAnewEachWithItsBraces)
{
    const auto marked = [](std::string_view inside) { return '<' + std::string(inside) + '>'; };
    EXPECT_EQ(withTags("a {{b}} c {{{d}}} e", marked), "a {{<b>}} c {{{<d>}}} e");
    EXPECT_EQ(withTags("{{a}}}", marked), "{{<a>}}}");
    EXPECT_EQ(withTags("no end {{a", marked), "no end {{a");
    EXPECT_EQ(withTags("only {{", marked), "only {{");
    EXPECT_EQ(withTags("", marked), "");
}

TEST(TemplateTags, AreFoundByTheirNames)
{
    constexpr std::array names{TagName{"query.", "q"}, TagName{"method", "m"}};
    EXPECT_EQ(findTag("query.a.b", names)->name, "a.b");
    EXPECT_EQ(findTag("query.a.b", names)->theirs, "q");
    EXPECT_EQ(findTag("method", names)->theirs, "m");
    EXPECT_FALSE(findTag("methods", names));
    EXPECT_FALSE(findTag("query.a 'x'", names));
}

TEST(TemplateTags, CanBeEscaped) { EXPECT_EQ(escapedTags("a {{b}} {{"), "a \\{{b}} \\{{"); }

} // namespace understudy::formats
