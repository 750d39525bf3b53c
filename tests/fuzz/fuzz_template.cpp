// SPDX-License-Identifier: Apache-2.0
// Any text is a template or an error with a place; rendering one ends.
#include "core/template/dialects.h"
#include "core/template/render_scope.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace understudy;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    for (const Dialect dialect : {Dialect::Native, Dialect::Mockoon, Dialect::WireMock}) {
        const auto compiled = handlebars::Template::compile(text, templateOptions(dialect));
        if (!compiled) {
            if (compiled.error().message.empty())
                std::abort();
            continue;
        }
        handlebars::RenderScope scope;
        handlebars::RenderOptions limits;
        limits.maxSteps = 20'000;
        limits.maxOutput = 100'000;
        const handlebars::Value context = handlebars::Value::ofJson(
            JsonValue(JsonObject{{"a", 1}, {"list", JsonArray{1, "x", JsonObject{{"b", true}}}}}));
        std::string out;
        const auto done = compiled->render(out, context, &scope, limits);
        if (!done && done.error().message.empty())
            std::abort();
    }
    return 0;
}
