// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.h"

#include <algorithm>
#include <numeric>

namespace understudy {

std::string Place::text() const
{
    std::string out = file;
    if (line > 0) {
        if (!out.empty())
            out += ':';
        else
            out += "line ";
        out += std::to_string(line);
        if (column > 0)
            out += ':' + std::to_string(column);
    }
    return out;
}

std::string Error::text() const
{
    const std::string place = where.text();
    return place.empty() ? message : place + ": " + message;
}

std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit)
{
    const std::size_t apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (apart > limit)
        return limit;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            const std::size_t best = std::min({row[j] + 1, row[j - 1] + 1, diagonal + cost});
            diagonal = row[j];
            row[j] = best;
        }
    }
    return std::min(row.back(), limit);
}

std::string nearestName(std::string_view name, const std::vector<std::string_view> &known)
{
    // A third of the letters wrong is a guess; more is noise.
    std::size_t best = std::max<std::size_t>(2, name.size() / 3) + 1;
    std::string_view found;
    for (std::string_view candidate : known) {
        const std::size_t distance = editDistance(name, candidate, best);
        if (distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return std::string(found);
}

} // namespace understudy
