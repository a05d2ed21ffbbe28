// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice The fault: two lists run into each other in what is signed.
contract PackedLists {
    function digest(address[] calldata to, uint256[] calldata amounts) external pure returns (bytes32) {
        return keccak256(abi.encodePacked(to, amounts));
    }
}

/// @notice The fault: a signature may name a contract to call before it is checked (to deploy a wallet), and any call will do.
contract PreparingEscrow {
    bytes32 private constant WRAPPED = 0x6492649264926492649264926492649264926492649264926492649264926492;

    error WrongSignature();

    function open(address signer, bytes32 digest, bytes calldata signature) external returns (bool) {
        if (bytes32(signature[signature.length - 32:]) == WRAPPED) {
            (address factory, bytes memory call, bytes memory wrapped) =
                abi.decode(signature[:signature.length - 32], (address, bytes, bytes));
            (bool done,) = factory.call(call);
            return done && wrapped.length == 0 && signer.code.length != 0;
        }
        (address recovered,,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (recovered != signer) revert WrongSignature();
        return true;
    }
}

/// @notice The fault: what an owner signs does not say for which of its accounts.
contract NamelessConsent {
    mapping(address account => bool) public agreed;

    function agree(address account, bytes32 dealId, bytes calldata signature) external {
        bytes32 digest = keccak256(abi.encode(address(this), dealId, "release"));
        bytes4 answer = IERC1271(account).isValidSignature(digest, signature);
        require(answer == IERC1271.isValidSignature.selector, "wrong signature");
        agreed[account] = true;
    }
}

/// @notice The fault: code decides how an account signs, so an account that delegates loses its key.
contract CodeDecides {
    function isValid(address signer, bytes32 digest, bytes calldata signature) external view returns (bool) {
        if (signer.code.length == 0) {
            (address recovered,,) = ECDSA.tryRecoverCalldata(digest, signature);
            return recovered == signer;
        }
        (bool done, bytes memory answer) =
            signer.staticcall(abi.encodeCall(IERC1271.isValidSignature, (digest, signature)));
        return done && answer.length >= 32 && bytes4(answer) == IERC1271.isValidSignature.selector;
    }
}

/// @notice The fault: only keys sign, so an account that signs by its code cannot trade.
contract KeysOnly {
    function isValid(address signer, bytes32 digest, bytes calldata signature) external pure returns (bool) {
        (address recovered,,) = ECDSA.tryRecoverCalldata(digest, signature);
        return recovered == signer;
    }
}
