// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {RawList} from "../../contracts/mocks/faulty/Replay.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {Numbers, RulesBuilder} from "../support/RulesBuilder.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 23: a hash that looks like EIP-712 and is none, so that no wallet can sign it. What wallets make of the
/// same message is written down here as viem hashes it.
contract Finding23_HashOfWallets is FindingBase {
    /// @dev viem: hashStruct of Terms whose members are 1, 2, 3 and so on.
    bytes32 private constant TERMS_BY_VIEM = 0x77c63a5f553df7a0648c726cf223277f5a672f6bd39707fc7195e67a38aa4e64;
    /// @dev viem: hashStruct of Payouts(uint256[] amounts) with 1 and 2.
    bytes32 private constant LIST_BY_VIEM = 0x65c244dd256c557be298c1351ad9eb22a8cc988cdf20e97d4804da9943bf2514;

    function test_EscrowHashesTermsAsWalletsDo() public view {
        vm.assertTrue(_attack(escrow.dealId(_counted()), Digests.typed(address(escrow), TERMS_BY_VIEM)), "the same hash");
    }

    /// @dev Each member counts: one more in any word of the terms, which hold the numbers packed, is another deal.
    function test_EscrowHashesEveryMember() public view {
        bytes memory encoded = abi.encode(_counted());
        bytes32 id = escrow.dealId(_counted());
        for (uint256 word = 0; word < 9; ++word) {
            bytes memory other = bytes.concat(encoded);
            other[word * 32 + 31] ^= 0x80;
            vm.assertTrue(escrow.dealId(abi.decode(other, (Terms))) != id, "another deal");
        }
        for (uint256 number = 0; number < 9; ++number) {
            Terms memory terms = _counted();
            terms.rules = Rules.wrap(Rules.unwrap(terms.rules) ^ (1 << (number < 4 ? number * 16 : number * 32 - 64)));
            vm.assertTrue(escrow.dealId(terms) != id, "another deal");
        }
    }

    function test_FaultyHashIsNoWallets() public {
        RawList faulty = new RawList();
        uint256[] memory amounts = new uint256[](2);
        (amounts[0], amounts[1]) = (1, 2);
        vm.assertTrue(!_attack(faulty.structHash(amounts), LIST_BY_VIEM), "another hash");
        bytes32 right = keccak256(
            abi.encode(keccak256("Payouts(uint256[] amounts)"), keccak256(abi.encodePacked(amounts)))
        );
        vm.assertTrue(_attack(right, LIST_BY_VIEM), "than that of the standard");
    }

    function _attack(bytes32 ofContract, bytes32 ofWallet) private pure returns (bool same) {
        return ofContract == ofWallet;
    }

    function _counted() private pure returns (Terms memory) {
        return Terms({
            seller: address(1),
            buyer: address(2),
            token: address(3),
            price: 4,
            arbiter: address(5),
            operator: address(6),
            rules: RulesBuilder.pack(Numbers(7, 8, 9, 10, 11, 12, 13, 14, 15)),
            itemHash: 0x1616161616161616161616161616161616161616161616161616161616161616,
            salt: 17
        });
    }
}
