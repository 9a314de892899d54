#include "map/stroke.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::map {

void Stroker::add(const PicturePath& path, bool closed, const Pen& pen, double from, mapnik::rasterizer& shape) {
    constexpr double leastBeat = 0.25; // pixels: what is finer is a line to the eye, and a beat of nothing never ends
    if (pen.dashLength > leastBeat)
        dash(path, closed, pen, from, shape);
    else
        outline(path, closed, pen, shape);
}

void Stroker::point(double x, double y) {
    if (m_begun)
        m_shape->line_to_d(x, y);
    else
        m_shape->move_to_d(x, y);
    m_begun = true;
}

/// From one direction to the other the way that goes over what lies ahead.
void Stroker::arc(const Vector& at, const Vector& from, const Vector& to, double half) {
    point(at.x + from.x, at.y + from.y);
    double angle = std::atan2(from.x * to.y - from.y * to.x, from.x * to.x + from.y * to.y);
    if (angle < 0)
        angle += 2 * std::numbers::pi;
    const double step = 2 * std::acos(half / (half + 0.125)); // an eighth of a pixel
    const int pieces = static_cast<int>(angle / step);
    for (int i = 1; i <= pieces; ++i) {
        const double turned = angle * i / (pieces + 1);
        const double c = std::cos(turned);
        const double s = std::sin(turned);
        point(at.x + from.x * c - from.y * s, at.y + from.x * s + from.y * c);
    }
    point(at.x + to.x, at.y + to.y);
}

void Stroker::cap(const Vector& at, const Vector& normal, const Pen& pen) {
    const Vector other{-normal.x, -normal.y};
    if (pen.cap == Pen::Cap::round) {
        arc(at, normal, other, pen.width / 2);
        return;
    }
    const Vector ahead = pen.cap == Pen::Cap::square ? Vector{-normal.y, normal.x} : Vector{0, 0};
    point(at.x + normal.x + ahead.x, at.y + normal.y + ahead.y);
    point(at.x + other.x + ahead.x, at.y + other.y + ahead.y);
}

/// One side of a corner between two pieces whose normals are given; the shorter of them is so long.
void Stroker::corner(const Vector& at, const Vector& before, const Vector& after, double shorter, const Pen& pen) {
    const double half = pen.width / 2;
    const double cross = before.x * after.y - before.y * after.x;
    const double cosine = (before.x * after.x + before.y * after.y) / (half * half);
    const auto mitre = [&] {
        point(at.x + (before.x + after.x) / (1 + cosine), at.y + (before.y + after.y) / (1 + cosine));
    };
    constexpr double hardlyTurned = 0.985; // ten degrees
    if (cosine > hardlyTurned)
        return mitre();
    if (cross <= 0) { // the inner side
        const double back = half * std::sqrt(std::max(0.0, (1 - cosine) / std::max(1e-9, 1 + cosine)));
        if (back < shorter)
            return mitre();
        point(at.x + before.x, at.y + before.y);
        point(at.x, at.y);
        point(at.x + after.x, at.y + after.y);
        return;
    }
    if (pen.join == Pen::Join::round)
        return arc(at, before, after, half);
    if (pen.join == Pen::Join::miter && 2 / std::max(1e-9, 1 + cosine) <= 16) // its square against four half widths'
        return mitre();
    point(at.x + before.x, at.y + before.y);
    point(at.x + after.x, at.y + after.y);
}

void Stroker::outline(const PicturePath& path, bool closed, const Pen& pen, mapnik::rasterizer& shape) {
    m_shape = &shape;
    m_points.clear();
    m_normals.clear();
    m_lengths.clear();
    const double half = pen.width / 2;
    const auto piece = [&](const Vector& a, const Vector& b) {
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (length < 1e-3)
            return false;
        m_normals.push_back({(b.y - a.y) * half / length, (a.x - b.x) * half / length});
        m_lengths.push_back(length);
        return true;
    };
    for (const auto& [x, y] : path)
        if (m_points.empty() || piece(m_points.back(), {x, y}))
            m_points.push_back({x, y});
    if (closed && m_points.size() > 1 && !piece(m_points.back(), m_points.front()))
        m_points.pop_back(); // it ends where it began
    const std::size_t count = m_points.size();
    if (count < 2)
        return;
    const auto flipped = [&](std::size_t i) { return Vector{-m_normals[i].x, -m_normals[i].y}; };
    m_begun = false;
    if (closed && count > 2) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t last = (i + count - 1) % count;
            corner(m_points[i], m_normals[last], m_normals[i], std::min(m_lengths[last], m_lengths[i]), pen);
        }
        shape.close_polygon();
        m_begun = false;
        for (std::size_t i = count; i-- > 0;) {
            const std::size_t last = (i + count - 1) % count;
            corner(m_points[i], flipped(i), flipped(last), std::min(m_lengths[last], m_lengths[i]), pen);
        }
        shape.close_polygon();
        return;
    }
    for (std::size_t i = 1; i + 1 < count; ++i)
        corner(m_points[i], m_normals[i - 1], m_normals[i], std::min(m_lengths[i - 1], m_lengths[i]), pen);
    cap(m_points.back(), m_normals[count - 2], pen);
    for (std::size_t i = count - 1; i-- > 1;)
        corner(m_points[i], flipped(i), flipped(i - 1), std::min(m_lengths[i - 1], m_lengths[i]), pen);
    cap(m_points.front(), flipped(0), pen);
    shape.close_polygon();
}

void Stroker::dash(const PicturePath& path, bool closed, const Pen& pen, double from, mapnik::rasterizer& shape) {
    // Pairs of line and gap, one after the other: where in them the path begins.
    double left = std::fmod(from, pen.dashLength);
    std::size_t pair = 0;
    bool line = true;
    const auto lengthNow = [&] { return line ? pen.dashes[pair].first : pen.dashes[pair].second; };
    const auto next = [&] {
        if (!line)
            pair = (pair + 1) % pen.dashes.size();
        line = !line;
    };
    while (left >= lengthNow()) {
        left -= lengthNow();
        next();
    }
    double rest = lengthNow() - left;
    m_dash.clear();
    if (line)
        m_dash.push_back(path.front());
    const std::size_t count = path.size();
    for (std::size_t i = 1; i < count + (closed ? 1 : 0); ++i) {
        const auto& a = path[i - 1];
        const auto& b = path[i % count];
        const double length = std::hypot(b.first - a.first, b.second - a.second);
        double at = 0;
        while (length - at > rest) {
            at += rest;
            const std::pair<double, double> here(a.first + (b.first - a.first) * at / length,
                                                 a.second + (b.second - a.second) * at / length);
            if (line) {
                m_dash.push_back(here);
                outline(m_dash, false, pen, shape);
                m_dash.clear();
            } else {
                m_dash.assign(1, here);
            }
            next();
            rest = std::max(lengthNow(), 1e-3); // a pattern of nothing would never end
        }
        rest -= length - at;
        if (line)
            m_dash.push_back(b);
    }
    if (line && m_dash.size() > 1)
        outline(m_dash, false, pen, shape);
}

} // namespace tocsin::map
