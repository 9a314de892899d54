#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace tocsin::detect {

/// A queue that keeps its room: once it has grown to what a window holds, adding and taking away allocate nothing.
template <typename T>
class Ring {
  public:
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] T& operator[](std::size_t i) { return m_items[(m_first + i) & (m_items.size() - 1)]; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return m_items[(m_first + i) & (m_items.size() - 1)]; }
    [[nodiscard]] T& front() { return (*this)[0]; }
    [[nodiscard]] const T& front() const { return (*this)[0]; }
    [[nodiscard]] T& back() { return (*this)[m_size - 1]; }
    [[nodiscard]] const T& back() const { return (*this)[m_size - 1]; }
    void push_back(T item) {
        if (m_size == m_items.size())
            grow();
        ++m_size;
        back() = std::move(item);
    }
    void pop_back() { --m_size; }
    void pop_front() {
        m_first = (m_first + 1) & (m_items.size() - 1);
        --m_size;
    }
    void clear() { m_size = 0; }

  private:
    void grow() {
        std::vector<T> larger(m_items.empty() ? 8 : m_items.size() * 2); // a power of two, for the mask
        for (std::size_t i = 0; i < m_size; ++i)
            larger[i] = std::move((*this)[i]);
        m_items = std::move(larger);
        m_first = 0;
    }

    std::vector<T> m_items;
    std::size_t m_first{0};
    std::size_t m_size{0};
};

} // namespace tocsin::detect
