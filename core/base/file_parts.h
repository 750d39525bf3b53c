// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <unistd.h>
#include <utility>

/// What files.cpp and file_writer.cpp share.
namespace understudy::files {

/// Closes the descriptor, whatever happens.
class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}
    Descriptor(Descriptor &&other) noexcept
        : m_number(other.release())
    {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor() { close(); }

    int get() const { return m_number; }
    int release() { return std::exchange(m_number, -1); }
    /// What close() says, which on some file systems is where a full disk shows.
    int close()
    {
        const int number = release();
        return number < 0 ? 0 : ::close(number);
    }

private:
    int m_number;
};

/// An errno of opening or reading, as a predicate.
Error cannotRead(int code);

} // namespace understudy::files
