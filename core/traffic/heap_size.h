// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace understudy {

/// What the allocator adds to a block and a control block to a shared object; measured with glibc.
inline constexpr std::size_t kBlockOverhead = 16;

/// Bytes that `text` holds on the heap; short texts live inside the object.
inline std::size_t textSize(const std::string &text)
{
    return text.capacity() < 16 ? 0 : text.capacity() + kBlockOverhead;
}

} // namespace understudy
