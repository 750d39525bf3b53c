// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace understudy {

/// A reproducible random number: a hash of who draws, for which request and what for, so that the
/// same seed and the same requests give the same numbers whatever the threads did (design.md
/// section 5). `ordinal` is the number of the request at that endpoint, from 1. Uniform over all
/// 64-bit values.
std::uint64_t draw(std::uint64_t seed, std::string_view server, std::string_view endpoint,
                   std::uint64_t ordinal, std::string_view purpose);

/// The next number of a sequence that begins with a drawn one; for choices that need many, such as
/// random bytes. `state` goes on with it.
std::uint64_t nextDraw(std::uint64_t &state);

/// A hash of a text that is the same in every program and version (FNV-1a, mixed): for what is
/// written to files. Not against those who look for two texts of one hash.
std::uint64_t hashText(std::string_view text);

/// A drawn number as a fraction in [0, 1).
double toUnit(std::uint64_t drawn);

} // namespace understudy
