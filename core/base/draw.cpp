// SPDX-License-Identifier: Apache-2.0
#include "core/base/draw.h"

namespace understudy {

namespace {

// SplitMix64's finaliser (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
// 2014).
std::uint64_t mix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

} // namespace

std::uint64_t hashText(std::string_view text)
{
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        h ^= static_cast<unsigned char>(c);
        h *= 0x100000001b3ULL;
    }
    return mix(h);
}

std::uint64_t draw(std::uint64_t seed, std::string_view server, std::string_view endpoint,
                   std::uint64_t ordinal, std::string_view purpose)
{
    std::uint64_t h = mix(seed);
    h = mix(h ^ hashText(server));
    h = mix(h ^ hashText(endpoint));
    h = mix(h ^ ordinal);
    return mix(h ^ hashText(purpose));
}

std::uint64_t nextDraw(std::uint64_t &state)
{
    state += 0x9e3779b97f4a7c15ULL;
    return mix(state);
}

double toUnit(std::uint64_t drawn) { return static_cast<double>(drawn >> 11) * 0x1.0p-53; }

} // namespace understudy
