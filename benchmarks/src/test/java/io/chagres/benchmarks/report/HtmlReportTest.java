// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chagres.benchmarks.results.Report;
import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@Tag("unit")
class HtmlReportTest {

    private static final String HOSTILE =
            "</script><!--<script>alert(1)//]]>&amp;\"'\\ {{data}} ${x} \u2028\u0000 ä";
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"report-data\">(.*?)</script>");
    private static final Pattern CODE =
            Pattern.compile("(<(script|style)\\b[^>]*>).*?(</\\2>)", Pattern.DOTALL);

    static Stream<Report> reports() {
        return Stream.of(
                SampleReports.quick(),
                SampleReports.full(),
                SampleReports.everything(),
                SampleReports.withoutExchanges(),
                SampleReports.empty(),
                SampleReports.oneRow(),
                SampleReports.saying(HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void thePageIsWellFormed(Report report) throws Exception {
        Document page = parse(HtmlReport.of(report));
        assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(12);
        assertThat(page.getElementsByTagName("script").getLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void theDataInThePageIsTheReport(Report report) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        String data = data(HtmlReport.of(report));
        assertThat(mapper.readTree(data))
                .isEqualTo(mapper.readTree(mapper.writeValueAsString(report)));
        assertThat(mapper.readValue(data, Report.class)).isEqualTo(report);
    }

    @Test
    void whatWasNotMeasuredIsNotInTheData() throws Exception {
        JsonNode page = new ObjectMapper().readTree(data(HtmlReport.of(SampleReports.full())));
        assertThat(page.has("calls")).isFalse();
        assertThat(page.has("callTargets")).isFalse();
        assertThat(page.has("startUp")).isFalse();
    }

    @Test
    void noTextEndsTheDataOrBeginsAComment() {
        String data = data(HtmlReport.of(SampleReports.saying(HOSTILE)));
        assertThat(data).doesNotContain("<", ">", "&", "\u2028").contains("\\u003C/script\\u003E");
    }

    @ParameterizedTest
    @MethodSource("reports")
    void nothingIsRequested(Report report) throws Exception {
        String html = HtmlReport.of(report);
        assertThat(html).contains("Content-Security-Policy").contains("default-src 'none'");
        Document page = parse(html);
        for (String attribute :
                new String[] {"src", "href", "action", "data", "poster", "srcset"}) {
            assertThat(values(page, attribute)).allMatch(value -> value.equals("data:,"));
        }
    }

    @Test
    void whatIsNotTheLibrarysHasNoAddress() {
        assertThat(HtmlReport.of(SampleReports.full(), Optional.empty()))
                .doesNotContain("http:", "https:", "@import", "url(", "fetch(", "XMLHttp");
    }

    @Test
    void thePlottingLibraryIsInThePageWithItsLicence() {
        PlotLibrary library = PlotLibrary.find(getClass().getClassLoader()).orElseThrow();
        assertThat(HtmlReport.of(SampleReports.quick()))
                .contains(library.script())
                .contains(library.credit());
        assertThat(library.script()).contains("Apache License").doesNotContain("</script", "<!--");
        assertThat(library.credit()).contains(library.version());
    }

    @Test
    void withoutThePlottingLibraryThePageIsWholeButForIt() throws Exception {
        assertThat(PlotLibrary.find(ClassLoader.getPlatformClassLoader())).isEmpty();
        String html = HtmlReport.of(SampleReports.quick(), Optional.empty());
        assertThat(html).contains("The plots are missing").doesNotContain("ECharts 5");
        assertThat(parse(html).getElementsByTagName("section").getLength()).isEqualTo(12);
        assertThat(data(html)).isEqualTo(data(HtmlReport.of(SampleReports.quick())));
    }

    private static String data(String html) {
        Matcher matcher = DATA.matcher(html);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** The page without its scripts and styles, which are not markup, is XML. */
    private static Document parse(String html) throws Exception {
        String markup = CODE.matcher(html).replaceAll("$1$3").replace("<!DOCTYPE html>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)));
    }

    private static Stream<String> values(Document page, String attribute) {
        NodeList all = page.getElementsByTagName("*");
        return Stream.iterate(0, i -> i < all.getLength(), i -> i + 1)
                .map(all::item)
                .map(node -> node.getAttributes().getNamedItem(attribute))
                .filter(found -> found != null)
                .map(found -> found.getNodeValue());
    }

    @Test
    void numbersThatAreNoneAreStillJson() throws JsonProcessingException {
        assertThat(new ObjectMapper().readTree(ScriptJson.of(Double.NaN)).asText())
                .isEqualTo("NaN");
    }
}
