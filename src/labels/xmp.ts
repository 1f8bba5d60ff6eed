import type { Mark } from './mark.ts';

/**
 * The mark as an XMP packet (ISO 16684-1): GB 45438-2025's property `AIGC`, whose value is JSON, and the digital source type of IPTC Photo
 * Metadata. Both vocabularies allow a reader to know a synthesized picture without looking at it.
 */
export function xmpOf(mark: Mark): string {
  const aigc = {
    // 1: generated or synthesized, without doubt.
    Label: '1',
    ContentProducer: mark.producer,
    ProduceID: mark.job,
    ReservedCode1: '',
    ContentPropagator: '',
    PropagateID: '',
    ReservedCode2: '',
  };
  return [
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
    `<TC260:AIGC>${escaped(JSON.stringify(aigc))}</TC260:AIGC>`,
    `<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/${mark.source}</Iptc4xmpExt:DigitalSourceType>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  ].join('');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
