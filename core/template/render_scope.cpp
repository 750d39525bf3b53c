// SPDX-License-Identifier: Apache-2.0
#include "core/template/render_scope.h"

#include "core/template/mockoon/request_values.h"

#include <algorithm>

namespace understudy::handlebars {

RenderScope::RenderScope() = default;

RenderScope::RenderScope(const MatchContext &context)
    : request(&context)
    , server(context.server)
    , now(context.now)
    , base(context.base)
    , chance(context.chance)
{}

RenderScope::~RenderScope() = default;

std::int64_t RenderScope::random(std::int64_t from, std::int64_t to)
{
    if (to < from)
        std::swap(from, to);
    const std::uint64_t span = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    const std::uint64_t drawn = nextDraw(chance);
    const std::uint64_t offset = span == ~std::uint64_t{0} ? drawn : drawn % (span + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + offset);
}

} // namespace understudy::handlebars
