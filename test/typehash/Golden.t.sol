// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Offer, Terms, TypedHash} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";

/// @notice Reads terms and offers out of golden files.
abstract contract GoldenReader is Base {
    function _readTerms(string memory json, string memory path) internal pure returns (Terms memory t) {
        t.seller = vm.parseJsonAddress(json, string.concat(path, ".seller"));
        t.buyer = vm.parseJsonAddress(json, string.concat(path, ".buyer"));
        t.token = vm.parseJsonAddress(json, string.concat(path, ".token"));
        t.price = vm.parseJsonUint(json, string.concat(path, ".price"));
        t.arbiter = vm.parseJsonAddress(json, string.concat(path, ".arbiter"));
        t.operator = vm.parseJsonAddress(json, string.concat(path, ".operator"));
        t.rules = t.rules.withOperatorFee(uint16(vm.parseJsonUint(json, string.concat(path, ".operatorFeeBps"))));
        t.rules = t.rules.withArbiterFee(uint16(vm.parseJsonUint(json, string.concat(path, ".arbiterFeeBps"))));
        t.rules = t.rules.withSilentAward(uint16(vm.parseJsonUint(json, string.concat(path, ".silentAwardBps"))));
        t.rules = t.rules.withShip(uint32(vm.parseJsonUint(json, string.concat(path, ".shipSeconds"))));
        t.rules = t.rules.withDelivery(uint32(vm.parseJsonUint(json, string.concat(path, ".deliverySeconds"))));
        t.rules = t.rules.withInspection(uint32(vm.parseJsonUint(json, string.concat(path, ".inspectionSeconds"))));
        t.rules = t.rules.withRuling(uint32(vm.parseJsonUint(json, string.concat(path, ".rulingSeconds"))));
        t.itemHash = vm.parseJsonBytes32(json, string.concat(path, ".itemHash"));
        t.salt = vm.parseJsonUint(json, string.concat(path, ".salt"));
    }

    function _readOffer(string memory json, string memory path) internal pure returns (Offer memory o) {
        o.terms = _readTerms(json, string.concat(path, ".terms"));
        o.expiry = uint40(vm.parseJsonUint(json, string.concat(path, ".expiry")));
        o.counter = vm.parseJsonUint(json, string.concat(path, ".counter"));
        o.quantity = uint32(vm.parseJsonUint(json, string.concat(path, ".quantity")));
    }

    /// @dev Puts us on the vector's chain, with the escrow at the vector's address.
    function _enter(string memory json, string memory path) internal returns (Escrow there) {
        vm.chainId(vm.parseJsonUint(json, string.concat(path, ".chainId")));
        there = Escrow(vm.parseJsonAddress(json, string.concat(path, ".escrow")));
        vm.etch(address(there), address(escrow).code);
    }

    function _at(string memory list, uint256 i) internal pure returns (string memory) {
        return string.concat(list, "[", _decimal(i), "]");
    }

    function _decimal(uint256 value) private pure returns (string memory) {
        bytes1 last = bytes1(uint8(48 + value % 10));
        return value < 10
            ? string(abi.encodePacked(last))
            : string(abi.encodePacked(_decimal(value / 10), last));
    }
}

contract GoldenHashes is GoldenReader {
    uint256 private constant VECTORS = 20;

    function test_DealIdsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/deal-id.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            Escrow there = _enter(json, _at("", i));
            Terms memory terms = _readTerms(json, string.concat(_at("", i), ".terms"));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(_at("", i), ".dealId"));
            vm.assertEq(there.dealId(terms), expected, "the contract's id");
            vm.assertEq(Digests.dealId(address(there), terms), expected, "the id by the text of EIP-712");
        }
    }

    function test_OfferDigestsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".offers", i);
            Escrow there = _enter(json, path);
            Offer memory offer = _readOffer(json, string.concat(path, ".offer"));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            vm.assertEq(Digests.typed(address(there), this.structHash(offer)), expected, "the contract's hash");
            vm.assertEq(Digests.offer(address(there), offer), expected, "the hash by the text of EIP-712");
        }
    }

    function test_SettlementDigestsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".settlements", i);
            Escrow there = _enter(json, path);
            bytes32 id = vm.parseJsonBytes32(json, string.concat(path, ".settlement.dealId"));
            uint128 toBuyer = uint128(vm.parseJsonUint(json, string.concat(path, ".settlement.toBuyer")));
            uint128 remaining = uint128(vm.parseJsonUint(json, string.concat(path, ".settlement.remaining")));
            uint40 expiry = uint40(vm.parseJsonUint(json, string.concat(path, ".settlement.expiry")));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            bytes32 hash = TypedHash.ofSettlement(id, toBuyer, remaining, expiry);
            vm.assertEq(Digests.typed(address(there), hash), expected, "the contract's hash");
            bytes32 own = Digests.settlement(address(there), id, toBuyer, remaining, expiry);
            vm.assertEq(own, expected, "the hash by the text of EIP-712");
        }
    }

    function test_RulingDigestsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".rulings", i);
            Escrow there = _enter(json, path);
            bytes32 id = vm.parseJsonBytes32(json, string.concat(path, ".ruling.dealId"));
            uint16 share = uint16(vm.parseJsonUint(json, string.concat(path, ".ruling.buyerBps")));
            bytes32 reason = vm.parseJsonBytes32(json, string.concat(path, ".ruling.reasonHash"));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            bytes32 hash = TypedHash.ofRuling(id, share, reason);
            vm.assertEq(Digests.typed(address(there), hash), expected, "the contract's hash");
            vm.assertEq(Digests.ruling(address(there), id, share, reason), expected, "the hash by the text of EIP-712");
        }
    }

    function test_ReviewCommitmentsAreThoseOfTypeScript() public view {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < 5; ++i) {
            string memory path = _at(".reviews", i);
            bytes32 commitment = keccak256(
                abi.encode(
                    vm.parseJsonBytes32(json, string.concat(path, ".dealId")),
                    vm.parseJsonAddress(json, string.concat(path, ".author")),
                    uint8(vm.parseJsonUint(json, string.concat(path, ".score"))),
                    vm.parseJsonBytes32(json, string.concat(path, ".textHash")),
                    vm.parseJsonBytes32(json, string.concat(path, ".secret"))
                )
            );
            vm.assertEq(commitment, vm.parseJsonBytes32(json, string.concat(path, ".commitment")), "commitment");
        }
    }

    function test_DomainIsReadableFromTheContract() public view {
        (, string memory name, string memory version, uint256 chainId, address contract_,,) = escrow.eip712Domain();
        vm.assertEq(name, "Fairhold Escrow", "name");
        vm.assertEq(version, "1", "version");
        vm.assertEq(chainId, block.chainid, "chain");
        vm.assertEq(contract_, address(escrow), "contract");
    }

    /// @dev The contract's own hash, which takes calldata.
    function structHash(Offer calldata offer) external pure returns (bytes32) {
        return TypedHash.ofOffer(offer, TypedHash.ofTerms(offer.terms));
    }
}
