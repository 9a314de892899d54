// Photos in HEIC, as telephones send them, and what pretends to be one.
#include "ingest/photo_heif.hpp"

#include "decode_support.hpp"
#include "heic_support.hpp"
#include "ingest/photo.hpp"
#include "ingest/photo_hevc.hpp"
#include "photo_support.hpp"

#include <gd.h>
#include <gmock/gmock.h>
#include <libheif/heif.h>

namespace tocsin::ingest {
namespace {

using base::Code;
using testing::HasSubstr;
using namespace test;

/// What colour the picture has there: 'r', 'g', 'b' or 'w'.
char colourAt(const MadePhoto& photo, double x, double y) {
    std::string bytes = photo.jpeg;
    const std::unique_ptr<gdImage, void (*)(gdImage*)> image(
        gdImageCreateFromJpegPtr(static_cast<int>(bytes.size()), bytes.data()), &gdImageDestroy);
    if (!image)
        return '?';
    const int pixel = gdImageGetTrueColorPixel(image.get(), static_cast<int>(x * photo.width), static_cast<int>(y * photo.height));
    const int r = gdTrueColorGetRed(pixel);
    const int g = gdTrueColorGetGreen(pixel);
    const int b = gdTrueColorGetBlue(pixel);
    if (r > 180 && g > 180 && b > 180)
        return 'w';
    return r > g && r > b ? 'r' : g > b ? 'g' : 'b';
}
/// Its four corners: above left and right, below left and right.
std::string corners(const MadePhoto& photo) {
    return {colourAt(photo, 0.15, 0.15), colourAt(photo, 0.85, 0.15), colourAt(photo, 0.15, 0.85), colourAt(photo, 0.85, 0.85)};
}

TEST(PhotoHeif, APictureBecomesAJpegWithItsColoursWhereTheyWere) {
    const auto made = makePhoto(heicFile({heicPicture()}));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->width, 64);
    EXPECT_EQ(made->height, 64);
    EXPECT_EQ(corners(*made), "rgbw");
    ASSERT_TRUE(readPhotoHeader(made->jpeg));
    EXPECT_EQ(readPhotoHeader(made->jpeg)->kind, PhotoKind::jpeg);
}

TEST(PhotoHeif, AGridOfTilesIsOnePicture) {
    const auto made = makePhoto(heicFile({heicGrid(1, 2, 128, 64, {2, 3}), heicPicture(), heicPicture()}));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->width, 128);
    EXPECT_EQ(made->height, 64);
    EXPECT_EQ(colourAt(*made, 0.1, 0.2), 'r');
    EXPECT_EQ(colourAt(*made, 0.6, 0.2), 'r');
    EXPECT_EQ(colourAt(*made, 0.9, 0.2), 'g');
    EXPECT_EQ(colourAt(*made, 0.9, 0.8), 'w');
}

TEST(PhotoHeif, ItIsTurnedAsTheFileSaysAndNotOnceMoreByItsMetadata) {
    const auto turned = box("irot", big(3, 1)); // 270° against the clock: its left side comes up
    const auto made = makePhoto(heicFile({heicPicture({turned}), heicMetadata(exifWith(6), 1)}));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(corners(*made), "brwg");
}

TEST(PhotoHeif, PlaceAndTimeAreReadAndNothingOfThemIsKept) {
    const auto sent = heicFile({heicPicture(), heicMetadata(exifWith(1), 1)});
    ASSERT_NE(sent.find("SECRETMAKER"), std::string::npos);
    const auto made = makePhoto(sent);
    ASSERT_TRUE(made) << made.error().message;
    ASSERT_TRUE(made->position);
    EXPECT_NEAR(made->position->latitude(), 47.141, 1e-6);
    EXPECT_NEAR(made->position->longitude(), -9.5, 1e-6);
    ASSERT_TRUE(made->takenAt);
    EXPECT_EQ(base::formatTime(*made->takenAt), "2026-11-20T08:15:30.000000Z");
    EXPECT_EQ(made->jpeg.find("SECRETMAKER"), std::string::npos);
}

TEST(PhotoHeif, MetadataOfAnotherPictureAreNotItsOwn) {
    const auto made = makePhoto(heicFile({heicPicture(), heicPicture(), heicMetadata(exifWith(1), 2)}));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_FALSE(made->position);
}

/// Those of a picture of 65,535 × 65,535 (ITU-T H.265, 7.3.2.2).
std::string hugeParameters() {
    std::string bits = "0100001" "000000" "001"                // the unit's head: a parameter set
                       "0000" "000" "1";                       // its number, one layer
    bits += std::string(88 + 8, '0') + "1" + "010";            // profile and level, number 0, 4:2:0
    for (int i = 0; i < 2; ++i)
        bits += std::string(16, '0') + "1" + std::string(16, '0'); // 65,535
    bits.resize((bits.size() + 7) / 8 * 8, '1');
    std::string unit;
    int zeros = 0;
    for (std::size_t i = 0; i < bits.size(); i += 8) {
        const char byte = static_cast<char>(static_cast<unsigned char>(std::stoi(bits.substr(i, 8), nullptr, 2)));
        if (zeros >= 2 && static_cast<unsigned char>(byte) <= 3) {
            unit += '\x03';
            zeros = 0;
        }
        unit += byte;
        zeros = byte == 0 ? zeros + 1 : 0;
    }
    std::string out = heicParameters().substr(0, 22);
    return out + big(1, 1) + big(33, 1) + big(1, 2) + big(unit.size(), 2) + unit;
}

TEST(PhotoHeif, TheSizeIsTheParametersOwn) {
    const auto small = readHevcSize(heicParameters(), 0);
    ASSERT_TRUE(small) << small.error().message;
    EXPECT_EQ(small->width, 64U);
    EXPECT_EQ(small->height, 64U);
    const auto huge = readHevcSize(hugeParameters(), 0);
    ASSERT_TRUE(huge) << huge.error().message;
    EXPECT_EQ(huge->width, 65'535U);
    EXPECT_EQ(huge->height, 65'535U);
}

TEST(PhotoHeif, BombsAreRefusedBeforeAnythingIsDecoded) {
    const auto picture = heicPicture();
    auto lying = picture;
    lying.properties = {box("hvcC", hugeParameters()), ispe(64, 64)};
    auto wide = picture;
    wide.properties[1] = ispe(40'000, 40'000);
    auto twice = picture;
    twice.data += picture.data;
    auto sized = picture;
    sized.data = big(4, 4) + "\x42\x01\x01\x60" + picture.data;
    auto pieces = picture;
    pieces.pieces = 33;
    std::vector<HeicItem> many(2'049, HeicItem{"mime", "x"});
    many[0] = picture;
    auto sliced = picture; // one slice after the other over 49 megapixels
    sliced.properties[1] = ispe(7'000, 7'000);
    for (int i = 0; i < 30; ++i)
        sliced.data += big(6, 4) + std::string("\x28\x01\x20\x00\x00\x80", 6);
    std::vector<unsigned> same(1'024, 2U);
    auto tile = picture; // 1,024 times the same of one megapixel
    tile.properties[1] = ispe(1'000, 1'000);
    auto clear = picture;
    clear.references = {{"auxl", {1}}};
    clear.properties.push_back(fullBox("auxC", std::string("urn:mpeg:hevc:2015:auxid:1\0", 27)));
    const auto whole = heicFile({picture});
    auto doubled = whole;
    doubled += box("meta", "");
    auto longer = whole;
    longer.replace(longer.find("mdat") - 4, 4, big(0x7FFFFFFF, 4));
    struct Case {
        const char* what;
        std::string bytes;
        Code code;
        const char* words;
    };
    for (const auto& one : {
             Case{"parameters of another size than the file's", heicFile({lying}), Code::tooLarge, "65535 × 65535"},
             Case{"an absurd size", heicFile({wide}), Code::tooLarge, "40000 × 40000"},
             Case{"an absurd grid", heicFile({heicGrid(1, 1, 60'000, 60'000, {2}), picture}), Code::tooLarge, "60000 × 60000"},
             Case{"the same tile again and again", heicFile({heicGrid(32, 32, 64, 64, same), tile}), Code::tooLarge, "add up"},
             Case{"two pictures in one", heicFile({twice}), Code::malformed, "not one picture alone"},
             Case{"a size among the slices", heicFile({sized}), Code::malformed, "its size twice"},
             Case{"one in many pieces", heicFile({pieces}), Code::tooLarge, "33 pieces"},
             Case{"too many items", heicFile(many), Code::tooLarge, "2048 items"},
             Case{"a grid of grids", heicFile({heicGrid(1, 1, 64, 64, {2}), heicGrid(1, 1, 64, 64, {3}), picture}), Code::malformed,
                  "put together"},
             Case{"a grid of itself", heicFile({heicGrid(1, 1, 64, 64, {1})}), Code::malformed, "put together"},
             Case{"a grid without its tiles", heicFile({heicGrid(2, 2, 128, 128, {2}), picture}), Code::malformed, "other tiles"},
             Case{"one transparent by itself", heicFile({clear}), Code::malformed, "nests"},
             Case{"turned again and again", heicFile({heicPicture({box("irot", big(1, 1)), box("irot", big(1, 1))})}),
                  Code::malformed, "again and again"},
             Case{"many slices", heicFile({sliced}), Code::tooLarge, "slices"},
             Case{"an item that is not there", heicFile({picture}, 7), Code::malformed, "no picture"},
             Case{"an overlay", heicFile({HeicItem{"iovl", "x", {ispe(1, 1)}, {{"dimg", {2}}}}, picture}), Code::malformed,
                  "put together"},
             Case{"AVIF", heicFile({HeicItem{"av01", "x", {ispe(64, 64)}}}, 1, "avif"), Code::malformed, "AVIF"},
             Case{"two sets of items", doubled, Code::malformed, "twice"},
             Case{"a part longer than the file", longer, Code::malformed, "longer than the file"},
             Case{"cut off", whole.substr(0, whole.size() - 9), Code::malformed, "longer than the file"},
             Case{"a head alone", whole.substr(0, 24), Code::malformed, "no picture"},
             Case{"a film", box("ftyp", std::string("isom") + big(0, 4) + "isom") + box("moov", ""), Code::malformed, "or HEIC"},
         }) {
        const auto made = makePhoto(one.bytes);
        ASSERT_FALSE(made) << one.what;
        EXPECT_EQ(made.error().code, one.code) << one.what << ": " << made.error().message;
        EXPECT_THAT(made.error().message, HasSubstr(one.words)) << one.what;
        ASSERT_TRUE(made.error().place.byte) << one.what;
        EXPECT_LE(*made.error().place.byte, one.bytes.size()) << one.what;
    }
}

TEST(PhotoHeif, AnyCutAndAnyFlippedByteEndsWell) {
    const auto bytes = heicFile({heicGrid(1, 2, 128, 64, {2, 3}), heicPicture(), heicPicture(), heicMetadata(exifWith(3), 1)});
    for (std::size_t at = 0; at < bytes.size(); at += 5) {
        EXPECT_FALSE(makePhoto(std::string_view(bytes).substr(0, at))) << at;
        auto flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
        (void)makePhoto(flipped);
    }
}

TEST(PhotoHeif, WhatTheLibraryWritesIsTaken) {
    if (heif_have_encoder_for_format(heif_compression_HEVC) == 0)
        GTEST_SKIP() << "libheif has no encoder for HEVC here";
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "x265 keeps what it has reserved";
#endif
    const std::unique_ptr<heif_context, void (*)(heif_context*)> context(heif_context_alloc(), &heif_context_free);
    heif_encoder* encoder = nullptr;
    ASSERT_EQ(heif_context_get_encoder_for_format(context.get(), heif_compression_HEVC, &encoder).code, heif_error_Ok);
    heif_image* image = nullptr;
    ASSERT_EQ(heif_image_create(2112, 128, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image).code, heif_error_Ok);
    ASSERT_EQ(heif_image_add_plane(image, heif_channel_interleaved, 2112, 128, 8).code, heif_error_Ok);
    int stride = 0;
    auto* rows = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < 128; ++y)
        for (int x = 0; x < 2112; ++x)
            for (int c = 0; c < 3; ++c)
                rows[y * stride + x * 3 + c] = static_cast<std::uint8_t>(c == (y < 64 ? 0 : 2) ? 220 : 20);
    heif_image_handle* handle = nullptr;
    ASSERT_EQ(heif_context_encode_image(context.get(), image, encoder, nullptr, &handle).code, heif_error_Ok);
    const auto tiff = std::string("Exif\0\0", 6) + exifWith(1);
    ASSERT_EQ(heif_context_add_exif_metadata(context.get(), handle, tiff.data(), static_cast<int>(tiff.size())).code, heif_error_Ok);
    std::string bytes;
    heif_writer writer{1, [](heif_context*, const void* data, std::size_t size, void* to) {
                           static_cast<std::string*>(to)->append(static_cast<const char*>(data), size);
                           return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
                       }};
    ASSERT_EQ(heif_context_write(context.get(), &writer, &bytes).code, heif_error_Ok);
    heif_image_handle_release(handle);
    heif_image_release(image);
    heif_encoder_release(encoder);
    const auto made = makePhoto(bytes);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->width, 2048);
    EXPECT_EQ(corners(*made), "rrbb");
    EXPECT_TRUE(made->position);
}

} // namespace
} // namespace tocsin::ingest
